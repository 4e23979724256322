import {createReadStream} from 'node:fs';
import process from 'node:process';
import {createGunzip} from 'node:zlib';
import {text} from 'node:stream/consumers';

/**
Writes a recording as large as one wants to standard output: a small one over and over, its times
moved on, to see that reading takes bounded memory:

	tsx scripts/large-trace.ts test/fixtures/traces/base_flood1_p2.guest.txt.gz 5e9 > large.txt
*/
const [file, size] = process.argv.slice(2);
const packed = createReadStream(file);
const content = await text(file.endsWith('.gz') ? packed.pipe(createGunzip()) : packed);
const lines = content.split('\n').slice(0, -1);
const stamp = /^(?<before>.*?[\s@])(?<seconds>\d{1,12})(?<after>\.\d{6}:.*)$/sv;
const parts = lines
	.map(line => {
		const {before, seconds, after} = stamp.exec(line)?.groups ?? {};
		return seconds === undefined ? null : {before, seconds: Number(seconds), after};
	})
	.filter(part => part !== null);
const seconds = parts.map(part => part.seconds);
const period = Math.max(...seconds) - Math.min(...seconds) + 1;
let written = 0;
for (let round = 0; written < Number(size); round++) {
	const piece = `${parts.map(part => `${part.before}${part.seconds + round * period}${part.after}`).join('\n')}\n`;
	written += piece.length;
	if (!process.stdout.write(piece)) {
		// eslint-disable-next-line no-await-in-loop -- one piece after the other
		await new Promise(resolve => {
			process.stdout.once('drain', resolve);
		});
	}
}
