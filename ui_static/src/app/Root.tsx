import { useEffect } from "react";
import { Outlet, useLocation } from "react-router";

/** Around every page: another page begins at its top. */
export function Root() {
  const { pathname } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the path is what triggers it
  useEffect(() => {
    // In braces: newer browsers answer with a promise, which is no clean-up.
    window.scrollTo(0, 0);
  }, [pathname]);
  return <Outlet />;
}
