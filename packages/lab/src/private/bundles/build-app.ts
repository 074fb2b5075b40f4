import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** A file of a built app. */
export interface BuiltFile {
  fileName: string;
  /** Loaded with the page; all others only when they are needed. */
  isEntry: boolean;
  /** Modules in it, as paths. */
  modules: readonly string[];
  content: string | Uint8Array;
}

/** The parts of Vite's interface that are used here. */
interface Vite {
  build(config: object): Promise<{ output: OutputFile[] } | { output: OutputFile[] }[]>;
}
interface OutputFile {
  type: 'chunk' | 'asset';
  fileName: string;
  isEntry?: boolean;
  moduleIds?: string[];
  code?: string;
  source?: string | Uint8Array;
}

/** The bundler that the web app is built with. */
async function loadVite(): Promise<Vite> {
  const { resolve } = createRequire(new URL('../../../../console/package.json', import.meta.url));
  return (await import(pathToFileURL(resolve('vite')).href)) as Vite;
}

/**
 * Builds an app of this folder as its author would, minified, in memory.
 *
 * @param conditions of package exports, before those of browsers
 * @param oneFile everything in one script without imports, for platforms that load one
 */
export async function buildApp(
  name: string,
  { conditions = [], oneFile = false }: { conditions?: string[]; oneFile?: boolean } = {},
): Promise<BuiltFile[]> {
  const { build } = await loadVite();
  const folder = fileURLToPath(new URL('./', import.meta.url));
  const defaults = ['module', 'browser', 'production'];
  const result = await build({
    root: folder,
    configFile: false,
    logLevel: 'error',
    resolve: { conditions: [...conditions, ...defaults] },
    worker: { format: 'es' },
    build: {
      write: false,
      target: 'es2022',
      modulePreload: false,
      assetsInlineLimit: 0,
      rolldownOptions: {
        input: `${folder}${name}.app.ts`,
        output: oneFile ? { format: 'iife', codeSplitting: false } : { entryFileNames: '[name].js' },
      },
    },
  });
  return [result].flat().flatMap(({ output }) => output.map(fileOf));
}

function fileOf({ fileName, isEntry = false, moduleIds = [], code, source = '' }: OutputFile): BuiltFile {
  return { fileName, isEntry, modules: moduleIds, content: code ?? source };
}
