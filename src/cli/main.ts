#!/usr/bin/env node
// Only this check is loaded before the version is known: older versions of Node cannot even read the rest.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < 22 || (major === 22 && minor < 12)) {
  console.error(
    `streamproof needs Node 22.12 or newer and this is Node ${process.versions.node}. ` +
      "In a clone of the repository use npm ('npm start', 'npm test'): it brings its own Node.",
  );
  process.exitCode = 2;
} else {
  const { main, explainUncaught } = await import('./program.ts');
  process.on('uncaughtException', explainUncaught);
  process.exitCode = await main(process.argv.slice(2));
}
