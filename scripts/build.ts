import {
	existsSync, readdirSync, rmSync, statSync,
} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {
	bundle, clean, distribution, root,
} from './bundle.js';

const types = path.join(distribution, 'types');

/** When the newest file of the sources was changed, ms. */
function newestSource(): number {
	const entries = readdirSync(path.join(root, 'source'), {recursive: true, withFileTypes: true});
	return Math.max(...entries.filter(entry => entry.isFile()).map(entry => statSync(path.join(entry.parentPath, entry.name)).mtimeMs));
}

/**
Declarations for users of the library, into `distribution/types`. The compiler takes several
seconds, so `npm start` does without: they are written for `--types` (before packing) only,
and only when a source file is newer than they are.
*/
async function declarations(): Promise<void> {
	const index = path.join(types, 'index.d.ts');
	if (existsSync(index) && statSync(index).mtimeMs > newestSource()) {
		return;
	}

	rmSync(types, {recursive: true, force: true});
	const {default: ts} = await import('typescript');
	const project = ts.getParsedCommandLineOfConfigFile(path.join(root, 'tsconfig.json'), {
		noEmit: false,
		declaration: true,
		emitDeclarationOnly: true,
		rootDir: path.join(root, 'source'),
		outDir: types,
	}, {
		...ts.sys,
		onUnRecoverableConfigFileDiagnostic(diagnostic) {
			throw new Error(ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n'));
		},
	});
	const {diagnostics} = ts.createProgram([path.join(root, 'source/index.ts')], project?.options ?? {}).emit();
	if (diagnostics.length > 0) {
		throw new Error(ts.formatDiagnostics(diagnostics, {
			getCanonicalFileName: name => name,
			getCurrentDirectory: () => root,
			getNewLine: () => '\n',
		}));
	}
}

await clean();
await bundle();
if (process.argv.includes('--types')) {
	await declarations();
}
