/** The desk: the text beside the candidates that were drafted from it. */
import { say } from '../texts';
import { CandidateForm } from './CandidateForm';
import { Found } from './Found';
import { Failure, Heading, Save } from './Outcome';
import { Key, Start } from './Start';
import { addCandidate, answer, candidates, isBusy, startAgain } from './state';
import { TextPane } from './TextPane';

export function Desk() {
  return (
    <>
      <Key />
      <Failure />
      <p class="hidden" role="status">{isBusy.value ? say('busy') : ''}</p>
      {answer.value ? <Bench /> : <Start />}
    </>
  );
}

function Bench() {
  const all = candidates.value;
  return (
    <>
      <p><button type="button" onClick={startAgain}>{say('again')}</button></p>
      <div class="bench">
        <TextPane />
        <section class="desk-candidates">
          <Heading words={say('events')} />
          {all.length === 0 && <p>{say('no_events')}</p>}
          {all.map((candidate, at) => <CandidateForm key={at} at={at} candidate={candidate} />)}
          <p><button type="button" onClick={addCandidate}>{say('add_event')}</button></p>
          <Found />
        </section>
      </div>
      <Save />
    </>
  );
}
