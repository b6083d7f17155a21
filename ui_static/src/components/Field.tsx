import { type ComponentProps, type ReactNode, useId } from "react";

const CONTROL =
  "w-full min-h-11 sm:min-h-10 rounded-control border bg-surface px-3 text-16 sm:text-14 text-ink placeholder:text-ink-3";

interface FrameProps {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
}

interface ControlIds {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": boolean;
  className: string;
}

function FieldFrame({
  label,
  hint,
  error,
  children,
}: FrameProps & { children: (control: ControlIds) => ReactNode }) {
  const id = useId();
  const noteId = `${id}-note`;
  const note = error ?? hint;
  return (
    <div className="space-y-1.5">
      <label htmlFor={id} className="block font-medium">
        {label}
      </label>
      {children({
        id,
        "aria-describedby": note ? noteId : undefined,
        "aria-invalid": error !== undefined,
        className: `${CONTROL} ${error ? "border-bad" : "border-edge"}`,
      })}
      {note && (
        <p id={noteId} className={`text-12 ${error ? "text-bad" : "text-ink-3"}`}>
          {note}
        </p>
      )}
    </div>
  );
}

/** A labelled input; its hint gives way to what is wrong with it. */
export function TextField({ label, hint, error, ...input }: FrameProps & ComponentProps<"input">) {
  return (
    <FieldFrame label={label} hint={hint} error={error}>
      {(control) => <input {...input} {...control} />}
    </FieldFrame>
  );
}

/** Several lines; as high as what stands in it. */
export function LinesField({
  label,
  hint,
  error,
  ...area
}: FrameProps & ComponentProps<"textarea">) {
  return (
    <FieldFrame label={label} hint={hint} error={error}>
      {(control) => (
        <textarea
          rows={3}
          {...area}
          {...control}
          className={`${control.className} field-sizing-content min-h-22 resize-y py-2 sm:min-h-19`}
        />
      )}
    </FieldFrame>
  );
}

export function SelectField({
  label,
  hint,
  error,
  ...select
}: FrameProps & ComponentProps<"select">) {
  return (
    <FieldFrame label={label} hint={hint} error={error}>
      {(control) => <select {...select} {...control} />}
    </FieldFrame>
  );
}
