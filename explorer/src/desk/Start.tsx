/** The key, and the form for the text to be drafted. */
import { say } from '../texts';
import { Choice, TextField } from './fields';
import { desk } from './page';
import { asked, faultsAt, isBusy, isKept, key, makeDraft, useKey } from './state';

export function Key() {
  return (
    <fieldset class="filters">
      <legend>{say('key')}</legend>
      <p>
        <label for="desk-key">{say('key_label')}</label>
        <input id="desk-key" type="password" autocomplete="off" spellcheck={false} value={key.value} aria-describedby="desk-key-help"
          onInput={(event) => useKey(event.currentTarget.value.trim(), isKept.value)} />
        <small id="desk-key-help">{say('key_help')}</small>
      </p>
      <p><label><input type="checkbox" checked={isKept.value} onChange={(event) => useKey(key.value, event.currentTarget.checked)} />{' '}
        {say('keep_key')}</label></p>
    </fieldset>
  );
}

export function Start() {
  const given = asked.value;
  const set = (name: keyof typeof given) => (value: string) => { asked.value = { ...given, [name]: value }; };
  const field = (name: keyof typeof given) => ({ id: `desk-asked-${name}`, value: given[name], faults: faultsAt(`asked/${name}`), use: set(name) });
  return (
    <form class="filters" autocomplete="off" onSubmit={(event) => { event.preventDefault(); void makeDraft(); }}>
      <TextField {...field('text')} label={say('text')} rows={12} />
      <div class="fields">
        <TextField {...field('published')} label={say('published')} help={say('published_help')} maxLength={10} />
        <Choice {...field('language')} label={say('language')} choices={[['', say('detect')], ...desk.languages]} />
        <TextField {...field('url')} label={say('url')} help={say('url_help')} />
        <TextField {...field('source')} label={say('source')} help={say('source_help')} />
      </div>
      <p><button disabled={isBusy.value}>{say('draft')}</button></p>
    </form>
  );
}
