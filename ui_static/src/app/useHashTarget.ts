import { useEffect } from "react";
import { useLocation } from "react-router";

/** Leads to the part of the page that the address names behind its #, and again when other `content` is there. */
export function useHashTarget(content?: unknown): void {
  const { hash } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is looked for comes with the content
  useEffect(() => {
    const target = hash && document.getElementById(decodeURIComponent(hash.slice(1)));
    if (!target) return;
    target.scrollIntoView?.({ block: "start" });
    target.focus({ preventScroll: true });
  }, [hash, content]);
}
