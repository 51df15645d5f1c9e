"""`scamcheck guidance`: the advice for a situation, or a topic, without a mail."""

import click

from scamcheck.guidance import COUNTRIES, SITUATIONS, TOPICS, guide_case, topic
from scamcheck.languages import LANGUAGES, load_language
from scamcheck.report.text import contact_line, render_guidance


@click.command()
@click.option("--situation", type=click.Choice(tuple(SITUATIONS)), metavar="KEY", help="Print what to do in it.")
@click.option("--list", "list_situations", is_flag=True, help="List all situations, one line each.")
@click.option("--topic", "name", type=click.Choice(tuple(TOPICS)), metavar="ID", help="Print a topic.")
@click.option("--topics", "list_topics", is_flag=True, help="List all topics, one line each.")
@click.option("--language", type=click.Choice(LANGUAGES), default="en", show_default=True)
@click.option(
    "--country", type=click.Choice(COUNTRIES), default="BE", show_default=True, help="Whose services to name."
)
def command(
    situation: str | None, list_situations: bool, name: str | None, list_topics: bool, language: str, country: str
) -> None:
    """Print the advice for one situation, or one topic; or list them."""
    if sum(map(bool, (situation, list_situations, name, list_topics))) != 1:
        raise click.UsageError("Give one of --situation KEY, --list, --topic ID or --topics.")
    words = load_language(language)
    if situation:
        click.echo(render_guidance(guide_case(SITUATIONS[situation], country=country, language=language)), nl=False)
    elif name:
        found = topic(name, country=country, language=language)
        click.echo("\n".join((found.title, "", *found.body)))
        if found.contacts:
            click.echo("\n" + words.text("ui.who_helps") + ":")
            click.echo("\n".join(f"- {contact_line(contact)}" for contact in found.contacts))
            if any(contact.third_party for contact in found.contacts):
                click.echo(f"\n(*) {words.text('guidance.third_party')}")
    elif list_situations:
        click.echo("\n".join(f"{key:28} {words.text(f'situations.{key}')}" for key in SITUATIONS))
    else:
        click.echo("\n".join(f"{key:28} {words.text(f'topics.{key}.title')}" for key in TOPICS))
