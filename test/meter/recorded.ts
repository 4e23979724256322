import {GuestRecording} from '../../source/trace/recording/guest-recording.js';
import {TraceReader} from '../../source/trace/reader/trace-reader.js';
import {RecordingMeter} from '../../source/meter/recording-meter.js';
import {TraceFeed} from '../../source/meter/trace-feed.js';
import {fixtureText} from '../trace/trace-lines.js';

/** Recordings of a real guest that are fixtures. */
export const recordings = ['base_flood1_p1', 'base_flood1_p2', 'base_xfer1_p0', 'base_paced_p0'] as const;

/** A text read twice, by the meter and by what calibration reads it with. */
export function readText(text: string): {readonly meter: RecordingMeter; readonly guest: GuestRecording} {
	const reader = new TraceReader();
	const meter = new RecordingMeter();
	const feed = new TraceFeed(meter);
	const guest = new GuestRecording();
	for (const line of text.split('\n')) {
		const event = reader.readText(line);
		if (event !== null) {
			feed.add(event);
			guest.add(event);
		}
	}

	feed.decide();
	return {meter, guest};
}

export function readFixture(name: string) {
	return readText(fixtureText(`${name}.guest`));
}
