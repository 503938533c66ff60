using System.Collections.Concurrent;
using System.Text.Json;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace TftPortal.Tests.Browser;

/// <summary>What is wrong with a page: what its console says, what axe finds, what is wider than the screen.</summary>
internal sealed class PageFaults
{
    /// <summary>Only what is wrong is listed: the lists of what is right took as long to make as the judgement.</summary>
    private static readonly AxeRunOptions WrongOnly = new() { ResultTypes = [ResultType.Violations] };
    private readonly ConcurrentQueue<string> faults = new();
    private readonly IPage page;

    /// <summary>Listens to a page that has not gone anywhere yet.</summary>
    /// <param name="page">The page.</param>
    /// <param name="expected">A part of what its console may say: a browser reports a 404 of the page itself; nothing by default.</param>
    public PageFaults(IPage page, string? expected = null)
    {
        this.page = page;
        page.Console += (_, message) => { if (message.Type is "error" or "warning" && (expected is null || !message.Text.Contains(expected, StringComparison.Ordinal))) faults.Enqueue(message.Text); };
        page.PageError += (_, fault) => faults.Enqueue(fault);
    }

    /// <summary>Fails with all that was found, in full.</summary>
    public void AssertNone()
    {
        if (!faults.IsEmpty) Assert.Fail(string.Join('\n', faults));
    }

    /// <summary>Judges the page as it is now by axe, then at each of the widths; leaves it at the last.</summary>
    public async Task JudgeAsync(params int[] widths)
    {
        foreach (var fault in await AxeAsync(page)) faults.Enqueue(fault);
        foreach (var width in widths) await FitAsync(width);
    }

    /// <summary>What axe finds, with the elements' own words.</summary>
    public static async Task<IEnumerable<string>> AxeAsync(IPage page) => (await page.RunAxe(WrongOnly)).Violations.Select(violation =>
        $"{violation.Id}: {violation.Help} {string.Join(" | ", violation.Nodes.Take(5).Select(node => node.Html + " " + JsonSerializer.Serialize(node.Any.Select(check => check.Message))))}");

    /// <summary>A page has 5 seconds to fit its new width: a picture that arrives meanwhile may be in the middle of its layout. What scrolls within its own box is no fault.</summary>
    public async Task FitAsync(int width)
    {
        await page.SetViewportSizeAsync(width, 900);
        try
        {
            await page.WaitForFunctionAsync("wide => document.documentElement.scrollWidth <= wide", width, new() { Timeout = 5_000 });
        }
        catch (TimeoutException)
        {
            foreach (var element in await page.EvaluateAsync<string[]>(
                """
                wide => {
                    const boxed = e => { for (let up = e.parentElement; up && up !== document.body; up = up.parentElement) if (getComputedStyle(up).overflowX !== 'visible') return true; return false; };
                    return [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > wide + 0.5 && !boxed(e)).slice(0, 5).map(e => e.outerHTML.slice(0, 160));
                }
                """, width)) faults.Enqueue($"wider than {width} px: {element}");
            faults.Enqueue($"The page is wider than {width} px.");
        }
    }
}
