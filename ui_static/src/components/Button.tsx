import type { ComponentProps } from "react";
import { type ButtonLook, buttonStyle } from "./buttonStyle";

interface ButtonProps extends ComponentProps<"button"> {
  look?: ButtonLook;
}

export function Button({ look = "plain", className, type = "button", ...rest }: ButtonProps) {
  return <button type={type} className={buttonStyle(look, className)} {...rest} />;
}
