using System.Reflection;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>xunit's runner, which remembers whether every test of the fast set was asked for: only then can something be said of them all together.</summary>
public sealed class WatchedRun(IMessageSink messages) : XunitTestFramework(messages)
{
    /// <summary>Whether this run has all tests of the fast set.</summary>
    public static bool IsWhole { get; private set; }

    protected override ITestFrameworkExecutor CreateExecutor(AssemblyName assemblyName) => new Executor(assemblyName, SourceInformationProvider, DiagnosticMessageSink);

    private sealed class Executor(AssemblyName assemblyName, ISourceInformationProvider sources, IMessageSink messages)
        : XunitTestFrameworkExecutor(assemblyName, sources, messages)
    {
        protected override void RunTestCases(IEnumerable<IXunitTestCase> testCases, IMessageSink executionMessageSink, ITestFrameworkExecutionOptions executionOptions)
        {
            var cases = testCases.ToList();
            var asked = cases.Select(each => $"{each.TestMethod.TestClass.Class.Name}.{each.TestMethod.Method.Name}").ToHashSet(StringComparer.Ordinal);
            IsWhole = asked.IsSupersetOf(FastTests());
            base.RunTestCases(cases, executionMessageSink, executionOptions);
        }

        private static IEnumerable<string> FastTests() =>
            from type in typeof(WatchedRun).Assembly.GetTypes()
            where !type.IsAbstract && !IsLeftOut(type)
            from method in type.GetMethods()
            where method.GetCustomAttributes<FactAttribute>(inherit: true).Any() && !IsLeftOut(method)
            select $"{type.FullName}.{method.Name}";

        // All traits here name a category, and every category but the rules' is one that the fast set leaves out.
        private static bool IsLeftOut(MemberInfo member) => member.GetCustomAttributesData()
            .Any(attribute => attribute.AttributeType == typeof(TraitAttribute) && attribute.ConstructorArguments[1].Value is not "Rules");
    }
}
