import { Link } from "react-router";

interface HelpLinkProps {
  /** The page's name, as in /help/<name>. */
  page: string;
  label: string;
  className?: string;
}

/** A way to a page of the help, from where somebody may need it. */
export function HelpLink({ page, label, className = "" }: HelpLinkProps) {
  return (
    <Link
      to={`/help/${page}`}
      className={`font-medium text-accent underline underline-offset-2 ${className}`}
    >
      {label}
    </Link>
  );
}
