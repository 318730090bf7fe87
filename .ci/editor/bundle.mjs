// CodeMirror as one file, and the licence of each package that is in it.
import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { build } from "esbuild"

const TO = "../../tend/ui/notebook/editor"
const made = await build({
  entryPoints: ["codemirror.mjs"],
  outfile: `${TO}/codemirror.js`,
  bundle: true,
  minify: true,
  charset: "utf8",
  format: "esm",
  legalComments: "none", // they stand in the file beside it
  metafile: true,
  target: "es2022",
})
const packages = new Set(
  Object.keys(made.metafile.inputs).flatMap((path) => path.match(/node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1] ?? []),
)
const licences = [...packages].sort().map((name) => {
  const folder = `node_modules/${name}`
  const { version, license } = JSON.parse(readFileSync(`${folder}/package.json`))
  const file = ["LICENSE", "LICENSE.md", "license"].find((one) => existsSync(`${folder}/${one}`))
  if (!file) throw new Error(`no licence beside ${name}`)
  return `${name} ${version} (${license})\n\n${readFileSync(`${folder}/${file}`, "utf8").trim()}\n`
})
writeFileSync(`${TO}/codemirror.LICENSES.txt`, licences.join(`\n${"-".repeat(80)}\n\n`))
