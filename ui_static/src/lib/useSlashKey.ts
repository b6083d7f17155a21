import { useEffect, useEffectEvent } from "react";

/** The slash key leads to where one types, unless somebody types already. */
export function useSlashKey(go: () => void): void {
  const onSlash = useEffectEvent(go);
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      const typing =
        event.target instanceof Element && event.target.closest("input, select, textarea") !== null;
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typing) return;
      event.preventDefault();
      onSlash();
    }
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);
}
