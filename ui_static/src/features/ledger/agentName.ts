/** The part of a bot's User-Agent that says who it is: "Googlebot/2.1; +http://www.google.com/bot.html". */
export function agentName(userAgent: string): string {
  const named = userAgent.match(/compatible; ([^)]+)\)?/)?.[1];
  return named ?? userAgent.replace(/^Mozilla\/5\.0 /, "");
}
