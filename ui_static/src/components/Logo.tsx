export function Logo() {
  return (
    <span className="inline-flex items-center gap-2 text-16 font-semibold tracking-tight text-ink">
      <svg viewBox="0 0 32 32" className="size-6" aria-hidden="true">
        <rect width="32" height="32" rx="7" fill="#0B6E69" />
        <path
          d="M6.5 21.5 L12 14.5 L17 18.5 L25 9.5"
          fill="none"
          stroke="#fff"
          strokeWidth="3"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
        <circle cx="25" cy="9.5" r="2.6" fill="#fff" />
      </svg>
      Analytiq
    </span>
  );
}
