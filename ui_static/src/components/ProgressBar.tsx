interface ProgressBarProps {
  name: string;
  /** From 0 to 1. */
  done: number;
}

export function ProgressBar({ name, done }: ProgressBarProps) {
  return (
    <progress
      aria-label={name}
      className="block h-1.5 w-full accent-accent"
      value={Math.round(done * 100)}
      max={100}
    />
  );
}
