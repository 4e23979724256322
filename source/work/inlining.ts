import v8 from 'node:v8';

/**
Bytecodes of other functions that V8 compiles into one, at most; its own limit is 920 (Node 20 to
24). Most of what cold workers do is compile the code of a run, each for itself, and most of what
is compiled are copies.
*/
const fewBytecodes = 300;

/**
Lets V8 compile less for each function from here on, in all threads of the process: flags are of the
process. Runs of some 10 ms are faster for it, since they end soon after their code is compiled;
where a thread simulates for long they are slower by a tenth. It moves no result.
*/
export function limitInlining(): void {
	v8.setFlagsFromString(`--max-inlined-bytecode-size-cumulative=${fewBytecodes}`);
}
