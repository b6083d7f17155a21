import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "react-router";
import { createSample } from "@/api/createSample";
import { sitesQuery } from "@/api/getSites";
import { Button } from "@/components/Button";
import { t } from "@/lib/i18n";

/** The way to a dashboard with something on it, before anybody has come. */
export function LookAround() {
  const client = useQueryClient();
  const navigate = useNavigate();
  const making = useMutation({
    mutationFn: createSample,
    onSuccess: ({ site_id }) => {
      void client.invalidateQueries({ queryKey: sitesQuery.queryKey });
      return navigate(`/sites/${site_id}?range=30d`);
    },
  });
  return (
    <div className="border-t border-line pt-6">
      <p className="font-medium">{t("Look around meanwhile")}</p>
      <p className="mt-1 mb-3 text-ink-2">
        {t(
          "A made-up shop with visitors of thirty days becomes one of your websites. It mixes with nothing of yours; delete it when you have seen enough.",
        )}
      </p>
      <Button disabled={making.isPending} onClick={() => making.mutate()}>
        {t("Look around with sample data")}
      </Button>
      {making.error && (
        <p role="alert" className="mt-2 text-bad">
          {making.error.message}
        </p>
      )}
    </div>
  );
}
