import { Button } from "@/components/Button";
import { CenteredPage } from "@/components/CenteredPage";
import { NoticeBar } from "@/components/NoticeBar";

interface OutagePageProps {
  error: Error;
  onRetry: () => void;
}

/** In the place of every page while nobody's account can be asked for. */
export function OutagePage({ error, onRetry }: OutagePageProps) {
  return (
    <CenteredPage title="Not reachable" width="max-w-216">
      <h1 className="sr-only">Not reachable</h1>
      <NoticeBar severity="error" title="Analytiq cannot show its pages right now">
        <p>{error.message}</p>
        <p className="mt-1 mb-3">This page tries again by itself.</p>
        <Button onClick={onRetry}>Try again</Button>
      </NoticeBar>
    </CenteredPage>
  );
}
