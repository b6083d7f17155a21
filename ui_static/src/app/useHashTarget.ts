import { useEffect } from "react";
import { useLocation } from "react-router";

/** Leads to the part of the page that the address names behind its #, once that part is there. */
export function useHashTarget(): void {
  const { hash } = useLocation();
  useEffect(() => {
    const target = hash && document.getElementById(decodeURIComponent(hash.slice(1)));
    if (!target) return;
    target.scrollIntoView?.({ block: "start" });
    target.focus({ preventScroll: true });
  }, [hash]);
}
