import type { ReactNode } from "react";
import { Link } from "react-router";
import { Logo } from "./Logo";

interface CenteredPageProps {
  /** The browser tab's title. */
  title: string;
  width?: string;
  children: ReactNode;
}

/** A calm page with one thing to do. */
export function CenteredPage({ title, width = "max-w-96", children }: CenteredPageProps) {
  return (
    <div className="min-h-dvh bg-bg px-4 py-8 sm:py-16">
      <title>{`${title} · Analytiq`}</title>
      <main id="content" tabIndex={-1} className={`mx-auto outline-none ${width}`}>
        <Link to="/" className="mb-8 inline-flex rounded">
          <Logo />
        </Link>
        {children}
      </main>
    </div>
  );
}
