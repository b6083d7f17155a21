import { useEffect, useEffectEvent } from "react";

/** A dialog hides the page that the keys are for. */
function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("input, select, textarea, dialog") !== null;
}

/** Runs what belongs to a key while nobody types; `keys` by what they write, letters in capitals. */
export function useShortcuts(keys: Readonly<Record<string, () => void>>): void {
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const run = keys[event.key.toUpperCase()];
    if (!run) return;
    // Firefox opens its own search on "/".
    event.preventDefault();
    run();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKeyDown(event);
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, []);
}
