import { type FormEvent, useState } from "react";
import type { LocalDate } from "@/lib/dates";
import { type DateRange, rangeMistake } from "@/lib/range";
import { Button } from "./Button";
import { TextField } from "./Field";

interface CustomRangeProps {
  range: DateRange;
  today: LocalDate;
  onChoose: (range: DateRange) => void;
}

/** Two typed days. */
export function CustomRange({ range, today, onChoose }: CustomRangeProps) {
  const [from, setFrom] = useState(range.from);
  const [to, setTo] = useState(range.to);
  const [mistake, setMistake] = useState<string>();
  function onSubmit(event: FormEvent) {
    event.preventDefault();
    const found = rangeMistake(from, to, today);
    setMistake(found);
    if (!found) onChoose({ from, to });
  }
  return (
    // The rule about days is said in our own words, so the browser keeps its bubble to itself.
    <form noValidate onSubmit={onSubmit} className="space-y-3">
      <div className="grid grid-cols-2 gap-2">
        <TextField
          label="From"
          type="date"
          max={today}
          value={from}
          onChange={(event) => setFrom(event.target.value)}
        />
        <TextField
          label="To"
          type="date"
          max={today}
          value={to}
          onChange={(event) => setTo(event.target.value)}
        />
      </div>
      {mistake && (
        <p role="alert" className="text-12 text-bad">
          {mistake}
        </p>
      )}
      <Button look="primary" type="submit" className="w-full">
        Show these days
      </Button>
    </form>
  );
}
