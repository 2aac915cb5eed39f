using System.Collections;
using System.Diagnostics;

namespace PaySg.Functions.Platform.Diagnostics;

/// <summary>
/// A step of a trace that is under way, and the scope of what is logged meanwhile: a line carries whatever ids the step has by then. Disposing ends both.
/// </summary>
internal sealed class TraceStep : IEnumerable<KeyValuePair<string, object?>>, IDisposable
{
    private readonly Activity activity;
    private readonly IDisposable? scope;

    internal TraceStep(Activity activity, ILogger log)
    {
        this.activity = activity;
        scope = log.BeginScope(this);
    }

    /// <summary>Says that a call was answered; 5xx is a failure of the step.</summary>
    public void Answered(int status)
    {
        activity.SetTag(TraceTag.Status, status);
        if (status >= 500)
            activity.SetStatus(ActivityStatusCode.Error);
    }

    /// <summary>The ids that the step has, as the log's scope is read.</summary>
    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() =>
        activity.TagObjects.Where(static tag => TraceTag.OnLines.Contains(tag.Key)).GetEnumerator();

    public override string ToString() => string.Join(' ', this.Select(static tag => $"{tag.Key}={tag.Value}"));

    public void Dispose()
    {
        scope?.Dispose();
        activity.Dispose();
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
