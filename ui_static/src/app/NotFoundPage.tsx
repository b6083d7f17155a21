import { Link } from "react-router";
import { buttonStyle } from "@/components/buttonStyle";
import { CenteredPage } from "@/components/CenteredPage";

export function NotFoundPage() {
  return (
    <CenteredPage title="Page not found">
      <h1 className="text-20 font-semibold">There is no page at this address</h1>
      <p className="mt-1 mb-4 text-ink-2">
        It may be mistyped, or the page has moved. Your numbers are where they were.
      </p>
      <Link to="/" className={buttonStyle("plain")}>
        Go to the start
      </Link>
    </CenteredPage>
  );
}
