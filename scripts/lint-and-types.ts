import path from 'node:path';
import process from 'node:process';
import Xo from 'xo';
import {compiler} from './compiler.js';
import {root} from './places.js';
import {textCutFaults} from './text-cuts.js';

/*
What `xo` and `tsc --noEmit` say, each in its own words, and what is wrong with where text is cut,
on one program: half of the compiler's work is the same for all. Exit status 1 when one is not
content.
*/

const {config} = compiler.readConfigFile(path.join(root, 'tsconfig.json'), file => compiler.sys.readFile(file)) as {
	config: object;
};
const {fileNames, options} = compiler.parseJsonConfigFileContent(config, compiler.sys, root);
const program = compiler.createProgram(fileNames, options);

const diagnostics = compiler.getPreEmitDiagnostics(program);
process.stdout.write(
	compiler.formatDiagnostics(diagnostics, {
		getCanonicalFileName: name => name,
		getCurrentDirectory: () => root,
		getNewLine: () => '\n',
	}),
);

const cuts = textCutFaults(program, path.join(root, 'source'));
process.stdout.write(cuts.map(line => `${line}\n`).join(''));

// The configuration of the linter takes it from there; its cache wants that as JSON.
Object.defineProperty(program, 'toJSON', {value: () => 'tsconfig.json'});
Reflect.set(globalThis, Symbol.for('program of the linter'), program);

const linter = new Xo({cwd: root, ts: true});
const {results, errorCount} = await linter.lintFiles([]);
const {format} = await linter.getFormatter('stylish');
process.stdout.write(await format(results));
process.exitCode = diagnostics.length + cuts.length + errorCount === 0 ? 0 : 1;
