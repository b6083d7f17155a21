import { useQuery } from "@tanstack/react-query";
import { noticesQuery } from "@/api/getNotices";
import { t } from "@/lib/i18n";

const STATES = {
  well: { words: "Everything works", mark: "bg-live" },
  warning: { words: "Something needs a look", mark: "border-[1.5px] border-warn" },
  error: { words: "Something is wrong", mark: "bg-bad" },
  silent: { words: "Does not answer", mark: "border-[1.5px] border-dashed border-bad" },
} as const;

/** How the program is, in the corner of every page; above the page it is told in full. */
export function BoxState() {
  const { data, isError } = useQuery(noticesQuery);
  if (!data && !isError) return <p className="min-h-9" />;
  const state = isError ? "silent" : (data?.[0]?.severity ?? "well");
  const { words, mark } = STATES[state];
  return (
    <p role="status" className="flex min-h-9 items-center gap-2.5 px-2 text-12 text-ink-3">
      <span className="flex size-4 shrink-0 items-center justify-center" aria-hidden="true">
        <span className={`size-2 rounded-full ${mark}`} />
      </span>
      {t(words)}
    </p>
  );
}
