import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { setupQuery } from "@/api/getSetup";
import { CenteredPage } from "@/components/CenteredPage";
import { t } from "@/lib/i18n";
import { LoginForm } from "./LoginForm";

export function LoginPage() {
  const setup = useQuery(setupQuery);
  return (
    <CenteredPage title={t("Sign in")}>
      <h1 className="mb-6 text-20 font-semibold">{t("Sign in")}</h1>
      <LoginForm />
      {setup.data?.signup_open && (
        <p className="mt-6 text-ink-2">
          {t("No account yet?")}{" "}
          <Link to="/signup" className="font-medium text-accent underline">
            {t("Create one")}
          </Link>
        </p>
      )}
    </CenteredPage>
  );
}
