// Microsoft's own schemas of app manifests: a manifest goes in as JSON, one problem a line comes out.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const require = createRequire(import.meta.url);
const Ajv = require("ajv-draft-04").default;
const schemas = join(dirname(require.resolve("@microsoft/app-manifest/package.json")), "build/json-schemas/teams");

const [version, kind] = process.argv.slice(2);
const file = kind === "localization" ? "MicrosoftTeams.Localization.schema.json" : "MicrosoftTeams.schema.json";
const schema = JSON.parse(readFileSync(join(schemas, `v${version}`, file), "utf8").replace(/^\uFEFF/, ""));
// Their patterns are no Unicode ones: `\\.` in a class and the like.
const ajv = new Ajv({ allErrors: true, strict: false, unicodeRegExp: false });
require("ajv-formats").default(ajv);
const valid = ajv.compile(schema);
if (!valid(JSON.parse(readFileSync(0, "utf8"))))
  for (const error of valid.errors) console.log(`${error.instancePath} ${error.message}`);
