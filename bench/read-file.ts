import process from 'node:process';
import {traceFile} from '../source/trace/reader/line-source.js';
import {readTrace} from '../source/trace/reader/read-trace.js';
import {RecordingMeter} from '../source/meter/recording-meter.js';
import {TraceFeed} from '../source/meter/trace-feed.js';

/**
What `benchReading` runs in a process of its own: reads a recording, alone or into the meter of
`view`, and prints how that went.
*/
const [file, what] = process.argv.slice(2);
const feed = what === 'view' ? new TraceFeed(new RecordingMeter()) : null;
const start = performance.now();
const {events} = await readTrace(traceFile(file), {
	onEvent(event) {
		feed?.add(event);
	},
});
process.stdout.write(
	JSON.stringify({
		events,
		seconds: (performance.now() - start) / 1000,
		processor: process.cpuUsage().user / 1e6,
		peak: process.resourceUsage().maxRSS * 1024,
	}),
);
