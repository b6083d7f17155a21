import { useEffect, useRef } from "react";
import { ApiError } from "@/api/request";
import { t } from "@/lib/i18n";

interface FormProblemProps {
  error: Error | null;
  /** Fields of this form: what is wrong with them is said beside them, not here. */
  fields: readonly string[];
}

/** What went wrong with a form as a whole; takes the focus so that nobody misses it. */
export function FormProblem({ error, fields }: FormProblemProps) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (error) box.current?.focus();
  }, [error]);
  if (!error) return null;
  const atFields = error instanceof ApiError ? Object.keys(error.fields) : [];
  const shownElsewhere = atFields.length > 0 && atFields.every((name) => fields.includes(name));
  return (
    <div
      ref={box}
      role="alert"
      tabIndex={-1}
      className="rounded-control border border-bad bg-bad-soft px-3 py-2 text-bad"
    >
      {shownElsewhere ? t("Something in the form needs another look. See below.") : error.message}
    </div>
  );
}

/** What is wrong with one field, as the program said it. */
export function fieldError(error: Error | null, name: string): string | undefined {
  return error instanceof ApiError ? error.fields[name] : undefined;
}
