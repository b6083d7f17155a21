import { Button } from "@/components/Button";
import { CenteredPage } from "@/components/CenteredPage";
import { HelpLink } from "@/components/HelpLink";
import { NoticeBar } from "@/components/NoticeBar";
import { t } from "@/lib/i18n";

interface OutagePageProps {
  error: Error;
  onRetry: () => void;
}

/** In the place of every page while nobody's account can be asked for. */
export function OutagePage({ error, onRetry }: OutagePageProps) {
  return (
    <CenteredPage title={t("Not reachable")} width="max-w-216">
      <h1 className="sr-only">{t("Not reachable")}</h1>
      <NoticeBar severity="error" title={t("Analytiq cannot show its pages right now")}>
        <p>{error.message}</p>
        <p className="mt-1 mb-3">{t("This page tries again by itself.")}</p>
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <Button onClick={onRetry}>{t("Try again")}</Button>
          <HelpLink page="troubleshooting" label={t("When something is wrong")} />
        </div>
      </NoticeBar>
    </CenteredPage>
  );
}
