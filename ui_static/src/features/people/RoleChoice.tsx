import type { Role } from "@/api/types";
import { t } from "@/lib/i18n";
import { ROLE_NAMES } from "./roleWords";

interface RoleChoiceProps<R extends Role> {
  /** Whose role it is. */
  name: string;
  roles: readonly R[];
  value: R;
  disabled: boolean;
  onChoose: (role: R) => void;
}

/** A role that is changed by choosing another. */
export function RoleChoice<R extends Role>({
  name,
  roles,
  value,
  disabled,
  onChoose,
}: RoleChoiceProps<R>) {
  return (
    <select
      aria-label={t("Role of {{name}}", { name })}
      className="min-h-11 rounded-control border border-edge bg-surface px-2 text-16 sm:min-h-9 sm:text-14"
      value={value}
      disabled={disabled}
      onChange={(event) => onChoose(event.target.value as R)}
    >
      {roles.map((role) => (
        <option key={role} value={role}>
          {ROLE_NAMES[role]}
        </option>
      ))}
    </select>
  );
}
