import { useEffect, useRef } from "react";
import { Outlet, useLocation } from "react-router";

/** Around every page: another page begins at its top, for the eye and for a screen reader. */
export function Root() {
  const { pathname } = useLocation();
  const shown = useRef(pathname);
  useEffect(() => {
    window.scrollTo(0, 0);
    if (shown.current !== pathname) document.getElementById("content")?.focus();
    shown.current = pathname;
  }, [pathname]);
  return <Outlet />;
}
