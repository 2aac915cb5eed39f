using System.Diagnostics;

namespace PaySg.Functions.Platform.Diagnostics;

/// <summary>
/// The trace of a request, carried by hand (W3C <c>traceparent</c>) over rows and queue messages, so that an attempt to deliver can be
/// seen with the request that caused it. It is carried whether anybody listens or not.
/// </summary>
internal static class Tracing
{
    /// <summary>The name of the <see cref="ActivitySource"/> to listen to.</summary>
    public const string SourceName = "PaySg";

    /// <summary>The header and column that hold the trace.</summary>
    public const string TraceParent = "traceparent";

    /// <summary>A call of the API.</summary>
    public const string Request = "paysg.request";

    public const string Outbox = "paysg.outbox";

    /// <summary>An attempt to deliver a webhook.</summary>
    public const string Delivery = "paysg.webhook.delivery";

    /// <summary>An attempt to send a mail.</summary>
    public const string Mail = "paysg.mail";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>The trace that goes on here; null: none.</summary>
    public static string? Current => Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity ? activity.Id : null;

    /// <summary>Whether anybody listens to the current step. Nobody sees what only steps tell where nobody does.</summary>
    public static bool IsHeard => Activity.Current is { IsAllDataRequested: true, Source.Name: SourceName };

    /// <summary>Begins a step of the trace that <paramref name="traceParent"/> names, or of the current one; disposing ends it.</summary>
    public static TraceStep Begin(ILogger log, string name, ActivityKind kind, string? traceParent)
    {
        var parent = ActivityContext.TryParse(traceParent, null, isRemote: true, out var context) ? context : default;
        return new TraceStep(Source.StartActivity(name, kind, parent) ?? StartUnheard(name, parent), log);
    }

    /// <summary>Says what the current step is about, from here on.</summary>
    /// <param name="tag">One of <see cref="TraceTag"/>.</param>
    /// <param name="id">An id; null says nothing.</param>
    public static void Tell(string tag, string? id)
    {
        if (id is not null)
            Activity.Current?.SetTag(tag, id);
    }

    /// <summary>A step that nobody listens to has an id all the same, and passes it on.</summary>
    private static Activity StartUnheard(string name, ActivityContext parent)
    {
        var activity = new Activity(name);
        if (parent != default)
            activity.SetParentId(parent.TraceId, parent.SpanId, parent.TraceFlags);

        return activity.Start();
    }
}
