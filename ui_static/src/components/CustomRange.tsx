import { type FormEvent, lazy, Suspense, useState } from "react";
import { type Text, t } from "@/lib/i18n";
import { rangeMistake } from "@/lib/range";
import type { Days } from "@/lib/useRange";
import { Button } from "./Button";
import { TextField } from "./Field";

// Most people never open it, so it is no part of the first load.
const RangeCalendar = lazy(() => import("./RangeCalendar"));

/** Two days, typed or clicked in a calendar. */
export function CustomRange({ range, today, choose }: Days) {
  const [typed, setTyped] = useState({ from: range.from, to: range.to });
  const [mistake, setMistake] = useState<Text>();
  function onSubmit(event: FormEvent) {
    event.preventDefault();
    const found = rangeMistake(typed.from, typed.to, today);
    setMistake(found);
    if (!found) choose(typed);
  }
  const field = (name: "from" | "to", label: string) => (
    <TextField
      label={label}
      type="date"
      max={today}
      value={typed[name]}
      onChange={(event) => setTyped({ ...typed, [name]: event.target.value })}
    />
  );
  return (
    // The rule about days is said in our own words, so the browser keeps its bubble to itself.
    <form noValidate onSubmit={onSubmit} className="space-y-3">
      <div className="min-h-88 sm:min-h-71 sm:min-w-138">
        <Suspense fallback={<div className="skeleton h-88 sm:h-71" />}>
          <RangeCalendar
            range={range}
            today={today}
            onBegin={(day) => setTyped({ from: day, to: day })}
            onChoose={choose}
          />
        </Suspense>
      </div>
      <div className="grid grid-cols-2 gap-2 sm:grid-cols-[1fr_1fr_auto] sm:items-end">
        {field("from", t("From"))}
        {field("to", t("To"))}
        <Button look="primary" type="submit" className="col-span-full sm:col-span-1 sm:min-h-10">
          {t("Show these days")}
        </Button>
      </div>
      {mistake && (
        <p role="alert" className="text-12 text-bad">
          {t(mistake)}
        </p>
      )}
    </form>
  );
}
