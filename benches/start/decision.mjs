import { GroupSync } from "idp-group-sync";

const sync = new GroupSync({
  claim: "groups",
  mapping: "Staff -> builder\nSales -> sales",
  catalog: { groups: [{ name: "sales" }] },
});
const { status } = sync.plan({ groups: ["Staff", "Sales"] }, { role: null, groups: [] });
if (status !== "change") process.exitCode = 1;
