declare module "virtual:help/*" {
  const page: import("./document").Block[];
  export default page;
}
