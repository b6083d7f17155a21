import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { setupQuery } from "@/api/getSetup";
import { buttonStyle } from "@/components/buttonStyle";
import { HelpLink } from "@/components/HelpLink";
import { Logo } from "@/components/Logo";
import { t } from "@/lib/i18n";

const FACTS = [
  {
    title: "Live",
    text: "A visit shows within two seconds. No reload, no waiting for tomorrow.",
  },
  {
    title: "Yours",
    text: "Everything is kept in one file on this machine. Nothing is sent anywhere else.",
  },
  {
    title: "Plain",
    text: "One screen, and beside every number the rule by which it is counted.",
  },
] as const;

/** A drawing of the dashboard's chart; it shows nobody's numbers. */
function Drawing() {
  return (
    <svg viewBox="0 0 640 150" className="w-full text-accent" aria-hidden="true">
      {[30, 70, 110].map((y) => (
        <line key={y} x1="0" x2="640" y1={y} y2={y} stroke="var(--line)" />
      ))}
      <path
        d="M0 118 C40 110 60 92 100 96 S160 120 200 104 S262 58 300 66 S362 100 400 84 S462 30 500 38 S540 62 560 54 L560 150 L0 150 Z"
        fill="currentColor"
        opacity="0.12"
      />
      <path
        d="M0 118 C40 110 60 92 100 96 S160 120 200 104 S262 58 300 66 S362 100 400 84 S462 30 500 38 S540 62 560 54"
        fill="none"
        stroke="currentColor"
        strokeWidth="2.5"
      />
      <path
        d="M560 54 L624 26"
        fill="none"
        stroke="currentColor"
        strokeWidth="2.5"
        strokeDasharray="2 6"
        strokeLinecap="round"
      />
      <circle
        cx="624"
        cy="26"
        r="5"
        fill="var(--surface)"
        stroke="currentColor"
        strokeWidth="2.5"
      />
    </svg>
  );
}

/** The door: what this is, and the way in. */
export function LandingPage() {
  const { data: setup } = useQuery(setupQuery);
  return (
    <div className="min-h-dvh px-4 py-6 sm:py-10">
      <title>Analytiq</title>
      <div className="mx-auto max-w-216">
        <header className="flex items-center justify-between gap-4">
          <Logo />
          <HelpLink page="start" label={t("Help")} />
        </header>
        <main className="pt-14 sm:pt-24">
          <h1 className="max-w-140 text-28 font-semibold tracking-tight sm:text-[2.5rem] sm:leading-12">
            {t("See who visits your website, on your own machine.")}
          </h1>
          <p className="mt-4 max-w-140 text-16 text-ink-2">
            {t(
              "Analytiq counts your visitors and shows them as they come. Sign in to see your websites.",
            )}
          </p>
          <div className="mt-6 flex flex-wrap gap-3">
            <Link to="/login" className={buttonStyle("primary")}>
              {t("Sign in")}
            </Link>
            {setup?.signup_open && (
              <Link to="/signup" className={buttonStyle("plain")}>
                {t("Create account")}
              </Link>
            )}
          </div>
          <div className="mt-12 overflow-hidden rounded-card border border-line bg-surface pt-6">
            <Drawing />
          </div>
          <dl className="mt-8 grid gap-6 sm:grid-cols-3">
            {FACTS.map(({ title, text }) => (
              <div key={title}>
                <dt className="font-semibold">{t(title)}</dt>
                <dd className="mt-1 text-ink-2">{t(text)}</dd>
              </div>
            ))}
          </dl>
        </main>
      </div>
    </div>
  );
}
