interface ChoiceProps<Name extends string> {
  legend: string;
  /** Tells this group of radio buttons from others on the page. */
  name: string;
  items: readonly { name: Name; label: string }[];
  chosen: Name;
  onChoose: (name: Name) => void;
}

/** One of a few, all of them in sight. */
export function Choice<Name extends string>(props: ChoiceProps<Name>) {
  return (
    <fieldset>
      <legend className="mb-1 text-12 text-ink-3">{props.legend}</legend>
      <div className="flex rounded-control border border-line bg-raised p-0.5">
        {props.items.map(({ name, label }) => (
          <label
            key={name}
            className="flex min-h-10 grow basis-0 cursor-pointer items-center justify-center rounded px-2 text-ink-2 has-checked:bg-surface has-checked:font-medium has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-accent sm:min-h-8"
          >
            <input
              type="radio"
              name={props.name}
              className="sr-only"
              checked={props.chosen === name}
              onChange={() => props.onChoose(name)}
            />
            {label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
