// Read, write and follow the timeline with the types that openapi-typescript generates from openapi.json.
import assert from "node:assert/strict";
import createClient from "openapi-fetch";
import type { ChangeDocument, EventPage, EventRecord, EventType } from "./generated/timeline.js";
import type { PlaceRecord, ProblemDocument, paths } from "./generated/timeline.js";

const { TIMELINE_URL: baseUrl = "http://127.0.0.1:8000", TIMELINE_KEY: key } = process.env;
// The media types that this program asks for; an operation may have others.
const timeline = createClient<paths, "application/json" | "application/problem+json">({
  baseUrl,
  headers: { Authorization: `Bearer ${key}` },
});

type Answer<Data> = { data?: Data; error?: ProblemDocument; response: Response };

/** Return the data of an answer; throw the detail of a problem. */
function found<Data>({ data, error, response }: Answer<Data>): Data {
  if (data === undefined) throw new Error(error?.detail ?? `status ${response.status}`);
  return data;
}

/** Return the problem of an answer, which must have this status and type. */
function refused({ error }: Answer<unknown>, status: number, type: string): ProblemDocument {
  assert(error, "a problem");
  assert.deepEqual([error.status, error.type], [status, `/problems/${type}`]);
  return error;
}

/** Return a header of an answer; the types do not declare headers. */
function header({ response }: Answer<unknown>, name: string): string {
  const value = response.headers.get(name);
  assert(value, name);
  return value;
}

/** Wrap the parameters of a path as the client expects them. */
const at = <Path>(path: Path) => ({ params: { path } });

/** Yield every page of events, by its cursor. */
async function* pages(): AsyncGenerator<EventPage> {
  const query: paths["/v1/events"]["get"]["parameters"]["query"] = { limit: 50, total: "exact" };
  for (;;) {
    const answer: EventPage = found(await timeline.GET("/v1/events", { params: { query } }));
    yield answer;
    if (!answer.page.cursor) return;
    query.cursor = answer.page.cursor;
  }
}

/** Return every change after this one, in order. */
async function changes(after: number): Promise<ChangeDocument[]> {
  const query = { after, limit: 1000 };
  const { items, page } = found(await timeline.GET("/v1/changes", { params: { query } }));
  return page.next ? [...items, ...(await changes(page.last))] : items;
}

const ids = new Set<string>();
for await (const { items, page } of pages()) {
  for (const { id } of items) {
    assert(!ids.has(id), `${id} appears twice`);
    ids.add(id);
  }
  if (!page.next) assert.equal(ids.size, page.total);
}
console.log("ok page");

const visit: EventType = "visit";
const query = { type: [visit], participant: ["sergey-lavrov"], date: ["2000/.."] };
const visits = found(await timeline.GET("/v1/events", { params: { query } }));
assert(visits.items.length > 0, "visits");
for (const { type, participants } of visits.items) {
  assert.equal(type, visit);
  assert(participants.some(({ id }) => id === "sergey-lavrov"), "Lavrov");
}
console.log("ok filter");

const talks = at({ event_id: "2024-11-01-lavrov-choe-strategic-consultations" });
const event = found(await timeline.GET("/v1/events/{event_id}", talks));
const kim = at({ participant_id: "kim-jong-un" });
const person = found(await timeline.GET("/v1/participants/{participant_id}", kim));
const place = found(await timeline.GET("/v1/places/{place_id}", at({ place_id: "moscow" })));
const friendship = at({ treaty_id: "friendship-treaty-1961" });
const treaty = found(await timeline.GET("/v1/treaties/{treaty_id}", friendship));
const tass = at({ source_id: "tass-1865655" });
const source = found(await timeline.GET("/v1/sources/{source_id}", tass));
for (const { en } of [event.title, person.names, place.names, treaty.names]) assert(en, "English");
assert.deepEqual([person.names.ko, place.names.ko, source.house], ["김정은", "모스크바", "tass"]);
console.log("ok kinds");

const evidence = found(await timeline.GET("/v1/events/{event_id}/evidence", talks));
const source_id = evidence.items[0]?.target.source.split("/").at(-1);
assert(source_id, "evidence that names its source");
const witness = found(await timeline.GET("/v1/sources/{source_id}", at({ source_id })));
assert(event.sources.some(({ id }) => id === witness.id), "a source of the event");
console.log("ok evidence");

const nowhere = await timeline.GET("/v1/events/{event_id}", at({ event_id: "2031-no-such-event" }));
refused(nowhere, 404, "not-found");
const undated = await timeline.GET("/v1/events", { params: { query: { date: ["yesterday"] } } });
assert.equal(refused(undated, 400, "invalid-parameter").errors[0]?.parameter, "date");
console.log("ok problems");

const before = (await changes(0)).at(-1)?.seq ?? 0;
const record: EventRecord = {
  id: "2031-05-01-ministers-meet", date: "2031-05-01",
  type: "meeting", subtype: "ministerial", status: "announced", confidence: "low",
  title: { en: "Lavrov and Choe meet" }, summary: { en: "The ministers meet in May." },
  participants: [
    { id: "sergey-lavrov", role: "host", side: "RU" },
    { id: "choe-son-hui", role: "guest", side: "KP" },
  ],
  sources: [{ source: "tass-1865655" }],
};
const create = (body: EventRecord) => {
  const params = { path: { event_id: body.id }, header: { "If-None-Match": "*" } };
  return timeline.PUT("/v1/events/{event_id}", { params, body });
};
const created = await create(record);
assert.equal(created.response.status, 201);
const tag = header(created, "ETag");
console.log("ok create");

refused(await create(record), 412, "precondition-failed");
const twin = await create({ ...record, id: "2031-05-01-another-meeting" });
assert.equal(refused(twin, 409, "possible-duplicate").errors[0]?.record, record.id);
console.log("ok conflict");

const confirm = (tag: string) =>
  timeline.PATCH("/v1/events/{event_id}", {
    params: { path: { event_id: record.id }, header: { "If-Match": tag } },
    body: { confidence: "high" },
  });
const confirmed = await confirm(tag);
assert.equal(found(confirmed).confidence, "high");
assert.notEqual(header(confirmed, "ETag"), tag);
refused(await confirm(tag), 412, "precondition-failed");
console.log("ok update");

const cape: PlaceRecord = {
  id: "example-cape", names: { en: "Example cape" }, country: "RU",
  latitude: 66.1, longitude: 169.7, precision: "region",
};
const load = (places: PlaceRecord[]) => {
  const params = { header: { "Idempotency-Key": "example-1" } };
  return timeline.POST("/v1/imports", { params, body: { places } });
};
const faulty = await load([cape, { ...cape, id: "example-bay", latitude: 166.1 }]);
const [fault] = refused(faulty, 422, "invalid-records").errors;
assert.deepEqual([fault?.record, fault?.pointer], ["example-bay", "/places/1/latitude"]);
const unwritten = await timeline.GET("/v1/places/{place_id}", at({ place_id: cape.id }));
refused(unwritten, 404, "not-found");
const [first, second] = [await load([cape]), await load([cape])];
assert.equal(found(first).total.created, 1);
assert.deepEqual(found(second), found(first));
console.log("ok import");

const written = await changes(before);
assert.deepEqual(
  written.map(({ seq, id, op }) => [seq - before, id, op]),
  [[1, record.id, "create"], [2, record.id, "update"], [3, cape.id, "create"]],
);
for (const change of written) {
  if (change.kind === "event") assert.equal(change.document?.title.en, record.title.en);
}
console.log("ok changes");
