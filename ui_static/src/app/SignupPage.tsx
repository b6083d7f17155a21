import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { setupQuery } from "@/api/getSetup";
import { CenteredPage } from "@/components/CenteredPage";
import { SignupForm } from "@/features/auth/SignupForm";
import { t } from "@/lib/i18n";
import { FirstRunSteps } from "./FirstRunSteps";

/** The first step on the first start; later an ordinary sign-up, if the owner allows it. */
export function SignupPage() {
  const { data: setup } = useQuery(setupQuery);
  if (!setup) return null;
  const form = <SignupForm setupCodeRequired={setup.setup_code_required} />;
  if (setup.first_run) return <FirstRunSteps step={1}>{form}</FirstRunSteps>;
  return (
    <CenteredPage title={t("Create account")}>
      <h1 className="mb-6 text-20 font-semibold">
        {setup.signup_open ? t("Create an account") : t("Sign-up is closed")}
      </h1>
      {setup.signup_open ? (
        form
      ) : (
        <p className="text-ink-2">
          {t(
            "This Analytiq already has its owner, who has not opened it to others. Ask the owner to open sign-up, then come back to this page.",
          )}
        </p>
      )}
      <p className="mt-6 text-ink-2">
        {t("Have an account?")}{" "}
        <Link to="/login" className="font-medium text-accent underline">
          {t("Sign in")}
        </Link>
      </p>
    </CenteredPage>
  );
}
