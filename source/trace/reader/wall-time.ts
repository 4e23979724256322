/** Days from 1970-01-01 to a date of the proleptic Gregorian calendar. */
function daysSince1970(year: number, month: number, day: number): number {
	return Math.floor(Date.UTC(year, month - 1, day) / 86_400_000);
}

/**
Seconds since 1970 of `YYYY-MM-DD` or `YYYY/MM/DD`, `hh:mm:ss` and a zone (`Z`, `+hh:mm`, `+hhmm`,
`+hh`, or nothing for UTC). NaN for what is no date.
*/
export function epochSeconds(date: string, time: string, zone: string | undefined): number {
	const [year, month, day] = date.split(/[\-\/]/v).map(Number);
	const [hours, minutes, seconds] = time.split(':').map(Number);
	const [, sign, zoneHours, zoneMinutes] = /^([+\-])(\d\d):?(\d\d)?$/v.exec(zone ?? '') ?? [];
	const away =
		sign === undefined ? 0 : (sign === '-' ? -1 : 1) * (Number(zoneHours) * 3600 + Number(zoneMinutes ?? 0) * 60);
	return daysSince1970(year, month, day) * 86_400 + hours * 3600 + minutes * 60 + seconds - away;
}
