/**
 * npm leaves an optional package out of the lock file when the registry that it asked has none of that version, as
 * happens with programs for systems other than one's own. `npm ci` then refuses the whole lock file as out of step,
 * on every system. An entry with version, system and processor is all that `npm ci` needs to pass it by where it is
 * not for, and to ask for it where it is.
 */

/**
 * @param {object} lock the parsed lock file; entries are added to it, and nothing else is changed
 * @returns {string[]} `name@version` of each entry added
 */
export function completeLock(lock) {
  const missing = missingOptional(lock);
  for (const { path, entry } of missing) lock.packages[path] = entry;
  lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
  return missing.map(({ path, entry }) => `${path.replace('node_modules/', '')}@${entry.version}`);
}

/** The optional packages that some package of the lock file asks for and that have no entry anywhere above it. */
export function missingOptional(lock) {
  const missing = new Map();
  for (const [parent, { optionalDependencies = {}, dev }] of Object.entries(lock.packages)) {
    for (const [name, version] of Object.entries(optionalDependencies)) {
      // Only an exact version can be written down without asking a registry; such packages name no other.
      if (isPresent(lock, parent, name) || !/^\d+\.\d+\.\d+[\w.+-]*$/.test(version)) continue;
      const path = `node_modules/${name}`;
      missing.set(path, { path, entry: { version, ...(dev && { dev }), optional: true, ...systemOf(name) } });
    }
  }
  return [...missing.values()];
}

/** Looks from a package's own folder upwards, as Node does. */
function isPresent(lock, parent, name) {
  for (let folder = parent; ; folder = folder.slice(0, Math.max(folder.lastIndexOf('/node_modules/'), 0))) {
    const path = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`;
    if (lock.packages[path]) return true;
    if (folder === '') return false;
  }
}

const systems = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'openharmony', 'sunos', 'win32'];
const processors = ['arm64', 'arm', 'ia32', 'loong64', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64'];

/** What the package runs on, as such packages say it in their names. */
function systemOf(name) {
  const words = name.split(/[/-]/);
  const os = systems.filter((system) => words.includes(system));
  const cpu = processors.filter((processor) => words.includes(processor));
  const libc = words.some((word) => word.startsWith('musl'))
    ? ['musl']
    : words.includes('gnu')
      ? ['glibc']
      : [];
  return { ...(cpu.length > 0 && { cpu }), ...(libc.length > 0 && { libc }), ...(os.length > 0 && { os }) };
}

/**
 * Whether an install made by hand is the one that package-lock.json describes: each package the same version, none for
 * another system, and none missing but development and optional ones, which may be left out.
 *
 * @param {object} installed the parsed node_modules/.package-lock.json
 * @param {object} wanted the parsed package-lock.json
 */
export function isInstallOf(installed, wanted) {
  const same = (path) =>
    installed.packages[path]?.version === wanted.packages[path]?.version &&
    installed.packages[path]?.integrity === wanted.packages[path]?.integrity;
  const foreign = (entry) => entry.os !== undefined && !entry.os.includes(process.platform);
  const needed = Object.entries(wanted.packages).filter(
    ([path, entry]) =>
      path.startsWith('node_modules/') && !entry.dev && !entry.optional && !entry.devOptional,
  );
  return (
    needed.every(([path]) => installed.packages[path] !== undefined) &&
    Object.entries(installed.packages).every(([path, entry]) => same(path) && !foreign(entry))
  );
}
