// What a user gets at login, and why: `node node-login.mjs [payload.json]`, or `-` to read the token's payload from stdin.
import { readFileSync } from "node:fs";
import { GroupSync } from "idp-group-sync";

const sample = '{ "sub": "ada", "groups": ["Marketing Team", "sales-team", "interns"] }';
const [file] = process.argv.slice(2);
const claims = JSON.parse(file ? readFileSync(file === "-" ? 0 : file, "utf8") : sample);

const sync = new GroupSync({
  mapping: "Marketing Team -> marketing, Sales Team -> sales",
  claim: "groups",
  catalog: { groups: [{ name: "marketing", requires: "builder" }, { name: "sales" }] },
});
const { role, roleReasons, groups, matches } = sync.resolve(claims);

console.log("role:", role, roleReasons);
console.log("groups:", groups);
for (const { idpGroup, grants, nearMisses } of matches) {
  console.log(`${idpGroup} →`, grants.map((grant) => grant.target).join(", ") || "nothing", { nearMisses });
}
