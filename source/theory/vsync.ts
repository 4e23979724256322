/**
Frames a second of a client that begins a frame at a vblank, needs `frameTime` seconds for it and
shows it at the next vblank after that.
*/
export function quantisedFrameRate(hz: number, frameTime: number): number {
	return hz / Math.max(1, Math.ceil(frameTime * hz));
}
