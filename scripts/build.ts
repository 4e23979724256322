import process from 'node:process';
import {bundle, clean} from './bundle.js';

await clean();
await bundle();
if (process.argv.includes('--types')) {
	// Simulates: with it comes half of the program, which takes longer to load than to bundle.
	const {declarations} = await import('./declarations.js');
	const {writeHeadStart} = await import('./head-start.js');
	await declarations();
	await writeHeadStart();
}
