import { useQuery } from "@tanstack/react-query";
import { NavLink, useParams } from "react-router";
import { Logo } from "@/components/Logo";
import { Problem } from "@/components/Problem";
import { HelpDocument } from "@/features/help/HelpDocument";
import { TOPICS } from "@/features/help/topics";
import { t } from "@/lib/i18n";
import { NotFoundPage } from "./NotFoundPage";
import { useHashTarget } from "./useHashTarget";

const PLACE =
  "flex min-h-11 items-center rounded-control px-2 text-ink-2 whitespace-nowrap hover:bg-raised hover:text-ink aria-[current=page]:bg-raised aria-[current=page]:font-medium aria-[current=page]:text-ink md:min-h-9";

/** What owners may want to read, without the internet and whether they are signed in or not. */
export function HelpPage() {
  const { page = "start" } = useParams();
  const topic = TOPICS.find(({ name }) => name === page);
  const read = useQuery({
    queryKey: ["help", page],
    queryFn: async () => (await topic?.load())?.default ?? [],
    enabled: topic !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
  useHashTarget(read.data);
  if (!topic) return <NotFoundPage />;
  return (
    <div className="min-h-dvh bg-bg">
      <title>{`${t(topic.label)} · Analytiq`}</title>
      <div className="mx-auto max-w-288 px-4 py-4 md:grid md:grid-cols-[13rem_minmax(0,1fr)] md:gap-10 md:px-6 md:py-6">
        <header className="print:hidden">
          <NavLink to="/" className="mb-4 inline-flex rounded px-2 py-1">
            <Logo />
          </NavLink>
          <nav
            aria-label={t("Help")}
            className="scroll-quiet flex gap-1 overflow-x-auto md:sticky md:top-6 md:block md:space-y-0.5"
          >
            {TOPICS.map(({ name, label }) => (
              <NavLink key={name} to={`/help/${name}`} className={PLACE}>
                {t(label)}
              </NavLink>
            ))}
          </nav>
        </header>
        <main
          id="content"
          tabIndex={-1}
          className="mt-4 min-w-0 max-w-180 leading-relaxed text-ink-2 outline-none md:mt-0"
        >
          {read.data && <HelpDocument blocks={read.data} />}
          {read.isPending && <div className="skeleton h-120 rounded-card" aria-busy="true" />}
          {read.isError && (
            <Problem
              title={t("This page could not be loaded")}
              error={read.error}
              onRetry={() => read.refetch()}
            />
          )}
        </main>
      </div>
    </div>
  );
}
